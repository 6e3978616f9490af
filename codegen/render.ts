import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { findPackageFile } from '../config/model/package-file.js';
import type { BarrelView, IndexView, ModuleView, ObjectView } from './view.js';

/** The templates with what each prints. */
interface Views {
  object: ObjectView;
  types: ModuleView;
  barrel: BarrelView;
  index: IndexView;
}

const compiled = new Map<keyof Views, Handlebars.TemplateDelegate>();

/** Prints a view with its template. The output is code, so nothing is escaped; what a view misses is an error. */
export function render<Name extends keyof Views>(name: Name, view: Views[Name]): string {
  let template = compiled.get(name);
  if (template === undefined) {
    const source = readFileSync(findPackageFile(`codegen/templates/${name}.hbs`), 'utf8');
    template = Handlebars.compile(source, { noEscape: true, strict: true, knownHelpersOnly: true });
    compiled.set(name, template);
  }
  return template(view);
}
