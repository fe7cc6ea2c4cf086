import { Command } from 'commander'
import { expect, test } from 'vitest'
import { addQueue } from '../../../../electron/hosts/terminal/relayQueueCommands.ts'

/** What is called, or the words of the refusal. */
function parsed(...given: string[]): unknown[] {
  const called: unknown[] = []
  const keep = (...all: unknown[]) => {
    called.push(...all.filter((one) => !(one instanceof Command)))
    return Promise.resolve()
  }
  const relay = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addQueue(relay, { relayQueue: keep, relayAct: keep })
  for (const command of relay.commands) command.exitOverride().configureOutput({ writeErr: () => {} })
  relay.parse(given, { from: 'user' })
  return called
}

test('the queue, or one entry', () => {
  const usual = { show: 'open', text: '', limit: 100, json: false }
  expect(parsed('queue')).toEqual([undefined, usual])
  expect(parsed('queue', 's1.0/1', '--json', '--data', 'd')).toEqual(['s1.0/1', { ...usual, json: true, data: 'd' }]) // prettier-ignore
  expect(parsed('queue', '--show', 'held', '--domain', 'x.example', '--limit', '5', '--text', 'a b')[1]).toEqual({ ...usual, show: 'held', domain: 'x.example', limit: 5, text: 'a b' }) // prettier-ignore
})
test.each(['retry', 'pause', 'resume', 'drop'])('%s: by ids, by domain, or all', (verb) => {
  expect(parsed(verb, 's1.0', 's2.0/1')).toEqual([verb, ['s1.0', 's2.0/1'], { all: false, json: false }])
  expect(parsed(verb, '--domain', 'x.example')).toMatchObject([verb, [], { domain: 'x.example' }])
  expect(parsed(verb, '--all', '--json')).toMatchObject([verb, [], { all: true, json: true }])
  const words = `say what to ${verb}: entries by their ids, --domain DOMAIN, or --all`
  expect(() => parsed(verb)).toThrow(words)
  expect(() => parsed(verb, 's1.0', '--all')).toThrow(words)
  expect(() => parsed(verb, '--domain', 'x', '--all')).toThrow(/cannot be used with/)
})
test.each([
  [['queue', '--show', 'lost'], /Allowed choices are open, all, waiting/],
  [['queue', '--limit', '10001'], /from 1 to 10000/],
])('%j is refused in words', (given, words) => {
  expect(() => parsed(...given)).toThrow(words)
})
