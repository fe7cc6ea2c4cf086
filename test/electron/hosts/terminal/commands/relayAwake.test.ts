import { expect, test } from 'vitest'
import { relayStatus } from '#test/support/relay/page.ts'
import { fakeClient } from '#test/support/terminal/fakes.ts'
import { awakeRelay } from '../../../../../electron/hosts/terminal/commands/relayAwake.ts'

test('a relay that runs is told of; of a server that only keeps mail nothing can be asked', async () => {
  expect(await awakeRelay(fakeClient({ 'relay.status': () => relayStatus() }))).toEqual(relayStatus())
  await expect(awakeRelay(fakeClient({ 'relay.status': () => relayStatus({ asleep: true }) }))).rejects.toThrow(/^The serve that runs there keeps mail and relays none/) // prettier-ignore
})
