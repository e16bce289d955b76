/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/**
 * Tests passed and failed. A file that could not even be loaded counts as one failure, so does a run that failed
 * although every test passed (an unhandled error), and so does each skipped test: a check that does not run is no check.
 */
export function countTests(report: VitestReport, exitCode: number): { passed: number; failed: number } {
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloadable;
  return {
    passed: report.numPassedTests,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
  };
}
