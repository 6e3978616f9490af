/** What the templates print: names, lines and declarations that are formatted already. */
export interface ModuleView {
  readonly header: string;
  readonly imports: readonly string[];
  readonly declarations: readonly string[];
}

export interface ObjectView extends ModuleView {
  readonly doc: string;
  readonly functionName: string;
  readonly methods: readonly MethodView[];
}

export interface MethodView {
  readonly doc: string;
  /** `list: listMethod<ContactListInput, Contact>(transport, 'Crm_Contact', 'list')` */
  readonly property: string;
}

export interface IndexView {
  readonly header: string;
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  readonly doc: string;
  readonly connect: string;
  readonly typeName: string;
  readonly objects: readonly { readonly doc: string; readonly property: string }[];
}

export interface BarrelView {
  readonly header: string;
  readonly exports: readonly string[];
}
