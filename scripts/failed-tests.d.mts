/** What is read of Jest's `--json` report. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly object[];
  }[];
}

export function failedTests(report: Report, root: string): string[];
