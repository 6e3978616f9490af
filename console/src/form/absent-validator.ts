/**
 * Stands for `@rjsf/validator-ajv8` in the build: the form library imports it for its own tests alone, and it makes code from schemas,
 * which the page's policy forbids. `formValidator` validates in its place.
 */
export default undefined;
