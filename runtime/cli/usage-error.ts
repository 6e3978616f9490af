/** The command line itself is wrong: an option's value, a combination of options. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command did its work and what it checks is not so: drift, a failed check. Its result says it all; ends with exit code 1. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}
