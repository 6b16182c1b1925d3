/** `file` › part of a test's title, as the tables of docs/ name them. */
export const claims = (cell: string): { file: string; title: string }[] =>
  [...cell.matchAll(/`([^`]+\.spec\.ts)` › (.+?)(?=<br>|; left: | \|$|$)/g)].map(([, file, title]) => ({
    file: file!,
    title: title!,
  }));
