import { expect, test } from 'vitest'
import { text, bytes } from '#test/support/smtp/pump.ts'
import { beginChunk, onChunkContent } from '#shared/smtp/machine/replay/chunk.ts'
import { clientScript, content, greetedRun } from '#test/support/smtp/replay.ts'

test('command and octets leave as one line, once all octets have come', () => {
  const script = clientScript(
    'S: 220 a',
    'C: BDAT 5 LAST',
    content(5, true, { encoding: 'bdat' }),
    'S: 250 ok',
  )
  const run = greetedRun(script)
  const step = script.steps[0]!
  if (step.kind !== 'chunk') throw new Error('not a chunk')
  beginChunk(run, 0, step)
  expect(run.core.out.at(-1)).toEqual({ type: 'pull', max: 5 })
  run.content!.from = 2
  onChunkContent(run, step, bytes('ab'))
  expect(run.core.out.at(-1)).toEqual({ type: 'pull', max: 3 })
  run.content!.from = 5
  onChunkContent(run, step, bytes('cde'))
  const sent = run.core.out.at(-1)
  expect(sent?.type === 'send' && text(sent.line.bytes)).toBe('BDAT 5 LAST\r\nabcde')
  expect(sent?.type === 'send' && text(sent.line.shown.bytes)).toBe('BDAT 5 LAST\r\n')
})
