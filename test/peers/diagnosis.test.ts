import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import { TranscriptEvent } from '#shared/transcript/event.ts'
import { runCli } from '../support/cli.ts'
import { head } from '../support/diagnosis/script.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'

const why = whyNoPostfix()
let postfix: Postfix

beforeAll(async () => {
  if (why === null) postfix = await startPostfix()
})
afterAll(async () => {
  if (why === null) await postfix.stop()
})

const Answer = z.object({ transcript: z.array(TranscriptEvent) })

async function record(port: number, password: string, ...more: string[]): Promise<TranscriptEvent[]> {
  const args = [
    'send',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--ca',
    postfix.caFile,
    '--json',
    '--from',
    'me@x.test',
  ]
  const user = ['--auth', 'plain', '--user', postfixUser.user, '--password-env', 'RELAYSCOPE_TEST_PASSWORD']
  const run = await runCli([...args, ...user, ...more], { RELAYSCOPE_TEST_PASSWORD: password })
  return Answer.parse(JSON.parse(run.out)).transcript
}

const said = (events: readonly TranscriptEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'finding' ? [event.code] : [])).toSorted()
const anew = (events: readonly TranscriptEvent[]): string[] =>
  diagnoseTranscript(head({ host: '127.0.0.1' }), events)
    .map(({ code }) => code)
    .toSorted()
const bare = (events: readonly TranscriptEvent[]): TranscriptEvent[] =>
  events.filter(({ kind }) => kind !== 'finding')

/** As an importer of a log would have it: no times, no phases, nothing of connection, TLS or end. */
const imported = (events: readonly TranscriptEvent[]): TranscriptEvent[] =>
  events.flatMap((event) =>
    event.kind === 'line' || event.kind === 'reply'
      ? [{ ...event, at: 0, phase: 'other' as const, sealed: false }]
      : [],
  )

test('a healthy Postfix has no finding but that it took the message, live, stored and as imported', async ({
  skip,
}) => {
  skip(why !== null, why ?? '')
  for (const [port, tls] of [
    [postfix.ports.submission, 'starttls'],
    [postfix.ports.submissions, 'implicit'],
  ] as const) {
    const events = await record(port, postfixUser.password, '--to', 'a@box.test', '--tls', tls)
    expect(said(events)).toEqual(['accepted'])
    expect(anew(events)).toEqual([])
    expect(anew(bare(events))).toEqual(['accepted'])
    if (tls === 'starttls') expect(anew(imported(events))).toEqual(['accepted'])
  }
})

test('a refusal of Postfix is read the same from what was recorded as while it happened', async ({
  skip,
}) => {
  skip(why !== null, why ?? '')
  const wrong = await record(
    postfix.ports.submission,
    'not the one',
    '--to',
    'a@box.test',
    '--tls',
    'starttls',
  )
  expect(said(wrong)).toEqual(['auth-rejected'])
  expect(anew(bare(wrong))).toEqual(['auth-rejected'])
  expect(anew(imported(wrong))).toEqual(['auth-rejected'])
  const refused = await record(
    postfix.ports.submission,
    postfixUser.password,
    '--to',
    'reject@x.test',
    '--tls',
    'starttls',
  )
  expect(anew(bare(refused))).toEqual(said(refused))
})
