import { expect, test } from 'vitest'
import { onReplies } from '#shared/smtp/machine/replay/heard.ts'
import { onBytes } from '#shared/smtp/machine/client/replies.ts'
import { bytes } from '#test/support/smtp/pump.ts'
import { clientScript, greetedRun } from '#test/support/smtp/replay.ts'

const script = clientScript('S: 220 a', 'C: MAIL FROM:<a@x>', 'S: 250 ok', 'C: QUIT', 'S: 221 bye')

function asked(verb: string) {
  const run = greetedRun(script)
  run.core.expect({ verb, phase: 'mail', ms: 1, timer: 'reply', recipient: -1, own: true })
  run.claim(0)
  run.core.out = []
  return run
}

test('a refusal that was not recorded dooms the transaction, and the recording goes on', () => {
  const run = asked('MAIL')
  onReplies(run, () => onBytes(run.core, bytes('550 no\r\n')))
  expect(run).toMatchObject({ doomed: true, verdict: { how: 'refused' } })
  expect(run.core.ending).toBeNull()
})
test('where the reply ends the session the parting still stands before the end', () => {
  const run = asked('MAIL')
  onReplies(run, () => onBytes(run.core, bytes('421 bye\r\n')))
  const kinds = run.core.out.map((effect) => (effect.type === 'note' ? effect.note.kind : effect.type))
  expect(kinds.slice(0, 2)).toEqual(['reply', 'finding'])
  expect(kinds.at(-1)).toBe('done')
})
test('half a reply is none', () => {
  const run = asked('MAIL')
  onReplies(run, () => onBytes(run.core, bytes('550 n')))
  expect(run.parted).toBeNull()
  expect(run.core.expected).toHaveLength(1)
})
