import type { ProposalVariable } from '../../config/model/connection-proposal.js';

/** Gives out placeholders for what an admin fills in, and keeps what each stands for. */
export class Variables {
  readonly #prefix: string;
  readonly #all = new Map<string, ProposalVariable>();

  /** @param instance system name of the instance; the variables begin with it */
  constructor(instance: string) {
    const words = instance.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
    this.#prefix = words.replace(/^_|_$/g, '').toUpperCase() || 'SERVICE';
  }

  /** `${env:CRM_CLIENT_SECRET}` */
  placeholder(name: string, description: string, secret = false): string {
    const own = `${/^\d/.test(this.#prefix) ? '_' : ''}${this.#prefix}_${name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
    this.#all.set(own, { name: own, description, secret });
    return `\${env:${own}}`;
  }

  /** Those that stand in a text. */
  usedIn(text: string): ProposalVariable[] {
    return [...this.#all.values()].filter(({ name }) => text.includes(`\${env:${name}}`));
  }
}
