/** Owns: turning a vitest run into counts and reasons that `npm test` can add up, written as JSON to RELAYSCOPE_TEST_REPORT. */
import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'

export interface SuiteReport {
  passed: number
  failed: number
  skipped: { name: string; reason: string }[]
  /** What failed and with which words, the first lines of each. */
  failures: { name: string; words: string }[]
}

export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const report: SuiteReport = { passed: 0, failed: errors.length, skipped: [], failures: [] }
    for (const error of errors) report.failures.push({ name: 'outside of a test', words: wordsOf(error) })
    for (const module of modules) {
      // A file that cannot even be loaded has no tests to count: it is one failure of its own.
      const unloaded = module.errors()
      if (unloaded.length > 0) report.failed++
      for (const error of unloaded)
        report.failures.push({ name: module.relativeModuleId, words: wordsOf(error) })
      for (const test of module.children.allTests()) count(report, test)
    }
    const file = process.env['RELAYSCOPE_TEST_REPORT']
    if (file !== undefined) writeFileSync(file, JSON.stringify(report))
  }
}

function count(report: SuiteReport, test: TestCase): void {
  const result = test.result()
  if (result.state === 'passed') report.passed++
  else if (result.state === 'failed') {
    report.failed++
    const name = `${test.module.relativeModuleId} > ${test.fullName}`
    report.failures.push({ name, words: result.errors.map(wordsOf).join('\n') })
  } else {
    const note = result.state === 'skipped' ? result.note : undefined
    report.skipped.push({ name: test.fullName, reason: note ?? 'no reason given' })
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What it says and where, without the long tail of a stack. */
function wordsOf(error: SerializedError): string {
  const places = text(error.stack)
    .split('\n')
    .filter((line) => line.includes('/test/'))
  const lines = [text(error.message), text(error.diff), ...places.slice(0, 3)]
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, 2000)
}
