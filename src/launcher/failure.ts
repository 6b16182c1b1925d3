/** A start that cannot go on, told in one line: what is wrong and what to do about it. */
export class LaunchFailure extends Error {
  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem}: ${remedy}`);
  }
}
