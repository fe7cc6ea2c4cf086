import { expect, test } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import { portResult } from '#engine/probe/portResult.ts'
import { PortResult } from '#shared/rpc/contract/probe.ts'
import { finding } from '#shared/diagnosis/finding.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { connectEvent, replyEvent, tlsEvent } from '#test/support/events.ts'

const journal = () =>
  new Journal(memoryHub().begin({ source: 'probe', role: 'client', host: 'h', port: 1, tls: 'none' }))
const completed = {
  outcome: { how: 'completed', by: 'client', message: '' },
  cancelled: false,
  address: '192.0.2.1',
} as const
const ehlo = (...lines: string[]): string =>
  ['250-mx', ...lines.map((l, i) => `250${i === lines.length - 1 ? ' ' : '-'}${l}`)].join('\r\n') + '\r\n'

test('what was offered before and after STARTTLS is read from the replies', () => {
  const made = journal()
  made.write(connectEvent(1))
  made.write(replyEvent(2, '220 mx ESMTP\r\n'))
  made.write(replyEvent(3, ehlo('SIZE 10', 'STARTTLS'), { phase: 'ehlo' }))
  made.write(tlsEvent(4, { outcome: 'established', version: 'TLSv1.2', cipher: 'c', verified: true }))
  made.write(replyEvent(5, ehlo('AUTH LOGIN'), { phase: 'ehlo', sealed: true }))
  const result = PortResult.parse(portResult({ port: 587, mode: undefined }, made, completed))
  expect(result).toMatchObject({
    mode: 'starttls',
    connect: 'connected',
    banner: '220 mx ESMTP',
    capabilities: ['SIZE 10', 'STARTTLS'], // prettier-ignore
    capabilitiesAfterTls: ['AUTH LOGIN'],
    tls: { version: 'TLSv1.2' },
    tone: 'good', // prettier-ignore
    message: 'Works: STARTTLS with TLSv1.2; authentication by LOGIN.',
  })
})

test('plain text is a warning, a fault is bad, a cancel neutral', () => {
  const plain = journal()
  plain.write(replyEvent(1, ehlo('SIZE 10'), { phase: 'ehlo' }))
  expect(portResult({ port: 2525, mode: undefined }, plain, completed)).toMatchObject({
    mode: 'plain',
    tone: 'warn',
  })
  const bad = journal()
  bad.write(connectEvent(1, { outcome: 'refused' }))
  bad.find(
    finding('tcp-refused', {
      side: 'server',
      confidence: 'certain',
      evidence: [1],
      message: 'No.',
      next: 'Do.',
    }),
  )
  const failed = { outcome: { how: 'refused', by: 'server', message: '' }, cancelled: false } as const
  expect(portResult({ port: 25, mode: 'starttls' }, bad, failed)).toMatchObject({
    connect: 'refused',
    tone: 'bad',
    message: 'No.',
    next: 'Do.',
    capabilities: [], // prettier-ignore
  })
  expect(portResult({ port: 25, mode: 'starttls' }, bad, { ...failed, cancelled: true })).toMatchObject({
    tone: 'neutral',
  })
})
