/** Owns: turning a vitest run into counts and reasons that `npm test` can add up, written as JSON to RELAYSCOPE_TEST_REPORT. */
import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

export interface SuiteReport {
  passed: number
  failed: number
  skipped: { name: string; reason: string }[]
}

export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const report: SuiteReport = { passed: 0, failed: errors.length, skipped: [] }
    for (const module of modules) {
      // A file that cannot even be loaded has no tests to count: it is one failure of its own.
      if (module.errors().length > 0) report.failed++
      for (const test of module.children.allTests()) count(report, test)
    }
    const file = process.env['RELAYSCOPE_TEST_REPORT']
    if (file !== undefined) writeFileSync(file, JSON.stringify(report))
  }
}

function count(report: SuiteReport, test: TestCase): void {
  const result = test.result()
  if (result.state === 'passed') report.passed++
  else if (result.state === 'failed') report.failed++
  else {
    const note = result.state === 'skipped' ? result.note : undefined
    report.skipped.push({ name: test.fullName, reason: note ?? 'no reason given' })
  }
}
