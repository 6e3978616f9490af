export interface Filled {
  readonly text: string;
  /** What is wrong with its placeholders, a message each. */
  readonly faults: readonly string[];
}

/**
 * Puts values from the environment in place of `${env:NAME}`. `$${env:NAME}` stays as `${env:NAME}`. A value is taken as it is:
 * nothing in it is a placeholder again.
 */
export function fillPlaceholders(text: string, environment: (name: string) => string | undefined): Filled {
  const faults: string[] = [];
  const filled = text.replace(/(\$?)\$\{env:([^}]*)\}/g, (placeholder, dollar: string, name: string) => {
    if (dollar !== '') return placeholder.slice(1);
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      faults.push(`\${env:${name}} names no environment variable: a name has letters, digits and underscores.`);
      return placeholder;
    }
    const value = environment(name);
    if (value === undefined)
      faults.push(`environment variable ${name} is not set. Set it, or write the value instead.`);
    return value ?? placeholder;
  });
  return { text: filled, faults };
}
