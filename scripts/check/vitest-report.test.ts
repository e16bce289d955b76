import { describe, expect, test } from 'vitest';
import { countTests, type VitestReport } from './vitest-report.ts';

const clean: VitestReport = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{}, {}] }],
};

describe('countTests', () => {
  test('a clean run counts its passed tests', () => {
    expect(countTests(clean, 0)).toEqual({ passed: 5, failed: 0 });
  });
  test('a file that could not be loaded is a failure', () => {
    const report = { ...clean, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(report, 1)).toEqual({ passed: 5, failed: 1 });
  });
  test('an unhandled error beside passing tests is a failure', () => {
    expect(countTests(clean, 1)).toEqual({ passed: 5, failed: 1 });
  });
  test('skipped and todo tests are failures', () => {
    expect(countTests({ ...clean, numPendingTests: 2, numTodoTests: 1 }, 0)).toEqual({
      passed: 5,
      failed: 3,
    });
  });
});
