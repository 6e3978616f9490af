import fc from 'fast-check';

/** Where `CI` is set, properties are tried on the same values each time; elsewhere on new ones, which is where they find something. */
if (process.env.CI) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_124 });
