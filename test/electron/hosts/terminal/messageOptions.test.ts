import { Command } from 'commander'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Message } from '#shared/rpc/contract/message.ts'
import {
  addMessageOptions,
  messageOf,
  type MessageOptions,
  parseHeader,
  parseInline,
  parseVariable,
} from '../../../../electron/hosts/terminal/messageOptions.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-message-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Options as a person types them. Throws what commander or messageOf say. */
async function typed(...words: string[]) {
  const command = addMessageOptions(
    new Command('send').exitOverride().configureOutput({ writeErr: () => {} }),
  )
  command.option('--user <name>').parse(words, { from: 'user' })
  return messageOf(command.opts<MessageOptions>())
}

test('little typed is a test message that passes the contract', async () => {
  const { message, ...envelope } = await typed(
    '--user',
    'ann@x.test',
    '--to',
    'bob@x.test, cy@x.test',
    '--to',
    'd@x.test',
  )
  expect(message).toMatchObject({ from: 'ann@x.test', to: ['bob@x.test, cy@x.test', 'd@x.test'] })
  expect(message.subject).toContain('Relayscope')
  expect(envelope).toEqual({})
  expect(Message.safeParse(message).success).toBe(true)
})

test('all of it', async () => {
  const part = await typed(
    '--from',
    'A <a@x.test>',
    '--to',
    'b@x.test',
    '--cc',
    'c@x.test',
    '--bcc',
    'd@x.test',
    '--reply-to',
    'e@x.test',
    '--envelope-from',
    '',
    '--envelope-to',
    'f@x.test',
    '--subject',
    'S',
    '--html',
    file('a.html', '<b>ü</b>'),
    '--attach',
    file('ä b.pdf', 'pdf'),
    '--inline',
    `logo=${file('l.png', 'png')}`,
    '--header',
    'X-A: b: c',
    '--header',
    'X-B:',
    '--charset',
    'iso-8859-1',
    '--encoding',
    '8bit',
    '--date',
    'none',
    '--message-id',
    '<1@x>',
    '--var',
    'a=b=c',
    '--dkim-domain',
    'x.test',
    '--dkim-selector',
    's',
    '--dkim-key-file',
    file('key.pem', 'KEY'),
  )
  expect(part).toEqual({
    envelopeFrom: '',
    envelopeTo: ['f@x.test'],
    message: {
      from: 'A <a@x.test>',
      to: ['b@x.test'],
      cc: ['c@x.test'],
      bcc: ['d@x.test'],
      replyTo: ['e@x.test'],
      subject: 'S',
      text: '',
      html: '<b>ü</b>',
      headers: [
        { name: 'X-A', value: 'b: c' },
        { name: 'X-B', value: '' },
      ],
      attachments: [
        { name: 'ä b.pdf', path: join(folder, 'ä b.pdf'), base64: 'cGRm' },
        { name: 'l.png', path: join(folder, 'l.png'), base64: 'cG5n', inline: 'logo' },
      ],
      charset: 'iso-8859-1',
      encoding: '8bit',
      date: 'none',
      messageId: '<1@x>',
      variables: { a: 'b=c' },
      dkim: { domain: 'x.test', selector: 's', privateKey: 'KEY' },
    },
  })
})

test('a message that is sent as it is takes nothing but an envelope', async () => {
  const eml = file('a.eml', Uint8Array.of(0x46, 0xff, 0x0a))
  expect(await typed('--user', 'ann@x.test', '--eml', eml, '--to', 'b@x.test')).toEqual({
    message: { from: '', to: ['b@x.test'], cc: [], bcc: [], raw: 'Rv8K' },
  })
  for (const words of [
    ['--subject', 'x'],
    ['--attach', eml],
    ['--header', 'A: b'],
    ['--html', eml],
    ['--var', 'a=b'],
  ])
    await expect(typed('--eml', eml, ...words)).rejects.toThrow('cannot be used with')
})

test('what vanished is named before anything is sent', async () => {
  for (const option of ['--attach', '--html', '--eml'])
    await expect(typed(option, join(folder, 'gone'))).rejects.toThrow(
      `${option} ${join(folder, 'gone')} cannot be read: there is no such file`,
    )
  await expect(typed('--inline', `x=${join(folder, 'gone')}`)).rejects.toThrow('--inline')
})

test('braces are braces until a variable is given or used', async () => {
  expect((await typed('--text', '{{name}}')).message.variables).toBeUndefined()
  expect((await typed('--text', 'no {{n}}')).message.variables).toEqual({})
  expect((await typed('--header', 'X: {{uuid}}')).message.variables).toEqual({})
})

test('a signature needs all three', async () => {
  await expect(typed('--dkim-domain', 'x.test')).rejects.toThrow('--dkim-selector, --dkim-key-file: missing')
})

test('notations that cannot be read are said', () => {
  expect(() => parseHeader('no colon')).toThrow('NAME: VALUE')
  expect(() => parseVariable('=x')).toThrow('NAME=VALUE')
  expect(() => parseInline('x=')).toThrow('ID=FILE')
  expect(parseHeader('A:b')).toEqual({ name: 'A', value: 'b' })
})
