import { expect, it } from 'vitest'
import { readLogLine } from '#shared/transcript/import/syslog.ts'

const now = Date.UTC(2026, 10, 22, 12)

it.each([
  ['Nov 22 02:17:45 mx postfix/smtpd[63]: connect from x', Date.UTC(2026, 10, 22, 2, 17, 45), 'smtpd', false],
  ['Dec  1 02:17:45 mx postfix/submission/smtpd[63]: x', Date.UTC(2025, 11, 1, 2, 17, 45), 'smtpd', false],
  ['<22>Nov 22 02:17:45 mx postfix-out/smtp[63]: x', Date.UTC(2026, 10, 22, 2, 17, 45), 'smtp', false],
  ['2026-11-22T02:17:45.250000+01:00 mx postfix/smtp[1]: x', Date.UTC(2026, 10, 22, 1, 17, 45, 250), 'smtp', true],
  ['2026-11-22 02:17:45 mx postfix/qmgr[1]: x', Date.UTC(2026, 10, 22, 2, 17, 45), 'qmgr', false],
])('reads %j', (line, time, daemon, fine) => {
  expect(readLogLine(line, now)).toMatchObject({ time, daemon, fine, pid: expect.any(String) })
}) // prettier-ignore

it.each(['', '220 hi', 'Nov 22 02:17:45 mx sshd[1]: x', 'Xyz 22 02:17:45 mx postfix/smtpd[1]: x'])('passes over %j', (line) => {
  expect(readLogLine(line, now)).toBeNull()
}) // prettier-ignore

const of = (program: string) =>
  readLogLine(`Nov 22 02:17:45 mx ${program}[9]: connect from x[192.0.2.1]`, now)
it('the name of a listener stands between program and daemon', () => {
  expect(
    [of('postfix/smtpd'), of('postfix/submissions/smtpd')].map((line) => [line?.daemon, line?.service]),
  ).toEqual([
    ['smtpd', ''],
    ['smtpd', 'submissions'],
  ])
})
