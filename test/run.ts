/**
 * Owns: `npm test` and `npm run check`: every check and every suite in order, one line each, the reasons of all skips,
 * and the closing line `N passed, N failed, N skipped`. Exit status 0 only when nothing failed and something ran.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SuiteReport } from './support/reporter.ts'
import { prepareRoots } from './support/peers/roots.ts'
import { prepareSystem } from './support/system.ts'

const root = resolve(import.meta.dirname, '..')
const fast = process.argv.includes('--fast')
const total: SuiteReport = { passed: 0, failed: 0, skipped: [], failures: [] }
const say = (line: string): void => console.log(line)

const sources = ['electron', 'renderer', 'shared', 'test']
const checks: [name: string, program: string, args: string[]][] = [
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  [
    'lint',
    'oxlint',
    ['--type-aware', '--quiet', '--report-unused-disable-directives-severity=error', ...sources],
  ],
  ...sources.map((name): [string, string, string[]] => [`types in ${name}`, 'tsc', ['-p', name]]),
  ['import rules', 'node', ['test/importRules.ts']],
  ...(fast
    ? []
    : [['build', 'electron-vite', ['build', '--logLevel', 'warn']] satisfies [string, string, string[]]]),
]
const suites = fast ? ['unit'] : ['unit', 'engine', 'component', 'e2e']

if (!fast) prepareSystem(say)
if (!fast) prepareRoots(say)
await runChecks()
for (const suite of suites) runSuite(suite)
finish()

/** Two at a time; each says its own lines as one block when it ends. */
async function runChecks(): Promise<void> {
  const waiting = checks.values()
  const lane = async (): Promise<void> => {
    for (const [name, program, args] of waiting) await check(name, program, args)
  }
  await Promise.all([lane(), lane()])
}

async function check(name: string, program: string, args: string[]): Promise<void> {
  const started = Date.now()
  const { ok, output } = await run(program, args)
  if (ok) total.passed++
  else total.failed++
  say(`${ok ? 'passed' : 'FAILED'}  ${name} (${seconds(started)})`)
  if (!ok) say(output)
}

function run(program: string, args: string[]): Promise<{ ok: boolean; output: string }> {
  const child = spawn(join(root, 'node_modules/.bin', program), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const parts: Buffer[] = []
  const keep = (part: Buffer): void => void parts.push(part)
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((done) => {
    const end = (ok: boolean, more: string): void =>
      done({ ok, output: [Buffer.concat(parts).toString(), more].filter(Boolean).join('\n') })
    child.once('error', (error) => end(false, error.message))
    child.once('close', (code) => end(code === 0, ''))
  })
}

function runSuite(name: string): void {
  const started = Date.now()
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-test-'))
  const file = join(folder, 'report.json')
  const args = ['run', '--config', 'test/vitest.config.ts', '--project', name]
  args.push('--reporter', 'dot', '--reporter', './test/support/reporter.ts')
  const env = { ...process.env, RELAYSCOPE_TEST_REPORT: file, NO_COLOR: '1' }
  const done = spawnSync(join(root, 'node_modules/.bin/vitest'), args, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const report = readReport(file)
  rmSync(folder, { recursive: true, force: true })
  // A run that ends badly without a failed test (a crash, an unhandled rejection) is a failure all the same.
  if (done.status !== 0 && report.failed === 0) report.failed = 1
  total.passed += report.passed
  total.failed += report.failed
  total.skipped.push(...report.skipped)
  total.failures.push(...report.failures)
  const counts = `${report.passed} passed, ${report.failed} failed, ${report.skipped.length} skipped`
  say(`${report.failed === 0 ? 'passed' : 'FAILED'}  ${name} suite: ${counts} (${seconds(started)})`)
  if (report.failed === 0) return
  // What failed first: of a long record only the beginning may be kept.
  report.failures.forEach(sayFailure)
  say(withoutDots(`${done.stdout}\n${done.stderr}`))
}

/** The dot reporter's rows say nothing that the counts do not, and there are thousands of dots. */
function withoutDots(output: string): string {
  return output.replaceAll(/^[·x*-]+\n/gm, '')
}

function sayFailure({ name, words }: SuiteReport['failures'][number]): void {
  say(`\nFAILED  ${name}\n${words}`)
}

function readReport(file: string): SuiteReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SuiteReport
  } catch {
    return { passed: 0, failed: 1, skipped: [], failures: [] }
  }
}

function finish(): void {
  const reasons = Map.groupBy(total.skipped, (skip) => skip.reason)
  for (const [reason, skips] of reasons) {
    say(`\nskipped, ${reason}:`)
    for (const skip of skips) say(`  ${skip.name}`)
  }
  // Told again here: of a long record only the end may be kept.
  total.failures.forEach(sayFailure)
  say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`)
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}
