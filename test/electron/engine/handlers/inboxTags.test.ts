import { expect, onTestFinished, test } from 'vitest'
import { defaultTagRules } from '#shared/rpc/contract/inboxTags.ts'
import { openBench, startServer } from './support.ts'

test('fields of the user’s choice make tags of mail that comes from then on', async () => {
  const bench = await openBench()
  onTestFinished(() => bench.stop())
  const { client } = bench
  expect(await client.call('inbox.tags', {})).toEqual(defaultTagRules)
  await expect(client.call('inbox.setTags', { suffix: true, headers: ['a b'] })).rejects.toMatchObject({
    code: 'bad-argument',
  })
  await client.call('inbox.setTags', { suffix: false, headers: ['X-Suite'] })
  const port = await startServer(client)
  const started = await client.call('dialogue.start', {
    target: { host: '127.0.0.1', port, tls: 'none' },
    auth: { mechanism: 'none' },
    message: {
      from: 'a@b.test',
      to: ['ines+signup@d.test'],
      headers: [
        { name: 'X-Suite', value: 'Nightly, smoke' },
        { name: 'X-Tag', value: 'no' },
      ],
    },
  })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await client.call('dialogue.result', { session: started.session })
  expect((await client.call('inbox.list', {})).items[0]?.tags).toEqual(['nightly', 'smoke'])
  expect(await client.call('inbox.list', { text: 'tag:smoke' })).toMatchObject({ total: 1 })
})
