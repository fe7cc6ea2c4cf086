import { expect, test } from 'vitest'
import { free, receiving } from '#engine/server/readMemory.ts'
import { Turns } from '#engine/server/turns.ts'
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import { serverOptions } from '#test/support/smtp/pump.ts'

/** Octets in memory of their own, as the socket gives them. */
const read = (text: string): Uint8Array => utf8(text).slice()

/** A session as far as its turns: everything is accepted; a commit only when `commit` is called. */
function make() {
  const machine = createServerMachine(serverOptions())
  let content = ''
  let asked: number | null = null
  const turns: Turns = new Turns({
    machine,
    perform: (effect) => {
      if (effect.type === 'content') content += toByteString(effect.bytes)
      else if (effect.type === 'send') turns.take({ type: 'sent', id: effect.line.id })
      else if (effect.type === 'ask') {
        if (effect.question.kind === 'commit') asked = effect.id
        else turns.take({ type: 'answer', id: effect.id, answer: { accept: true } })
      }
    },
    done: () => false,
    flush: () => undefined,
  })
  turns.take({ type: 'opened' })
  /** True when the octets were freed. */
  const says = (text: string): boolean => {
    const bytes = read(text)
    turns.take({ type: 'bytes', bytes })
    return text !== '' && bytes.byteLength === 0
  }
  const commit = (): void => turns.take({ type: 'answer', id: asked!, answer: { accept: true } })
  return { says, machine, content: () => content, commit }
}

const envelope = 'MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\n'

test('what lies inside the data is freed; lines, and what stands behind the end, are not', () => {
  const { says, machine, content, commit } = make()
  expect([says('EHLO me.test\r\n'), says(`${envelope}DATA\r\n`)]).toEqual([false, false])
  expect([says('Subject: x\r\n'), says('\r\n..a\r'), says('\n.')]).toEqual([true, true, true])
  // The commands behind the end wait for the commit, in the memory of this read.
  expect(says(`\r\n${envelope}DATA\r\nsecond\r\n`)).toBe(false)
  expect(receiving(machine)).toBeNull()
  commit()
  expect(content()).toBe('Subject: x\r\n\r\n.a\r\nsecond\r\n')
  expect(says('.\r\n')).toBe(false)
})

test('a read that ends one message and begins another stays', () => {
  const { says, content, machine } = make()
  says(`EHLO me.test\r\n${envelope}DATA\r\n`)
  // A bare LF refuses the first message at once, so that the next one begins in the same turn.
  expect(says(`a\nb\r\n.\r\n${envelope}DATA\r\nc`)).toBe(false)
  expect(machine.state).toBe('data')
  expect(says('d\r\n')).toBe(true)
  expect(content()).toBe('a\nb\r\ncd\r\n')
})

test('chunks are not freed: commands stand between them', () => {
  const { says, content, machine } = make()
  says(`EHLO me.test\r\n${envelope}BDAT 6\r\n`)
  expect([says('abc'), says('def')]).toEqual([false, false])
  expect([content(), receiving(machine)]).toEqual(['abcdef', null])
})

test('memory in which others have a part stays', () => {
  const whole = read('abcdef')
  free(whole.subarray(1, 3))
  expect(whole).toHaveLength(6)
  free(whole)
  expect(whole).toHaveLength(0)
})
