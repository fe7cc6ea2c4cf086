import { expect, onTestFinished, test } from 'vitest'
import { emptyFolder, keepLog } from '#test/support/server/place.ts'
import { startControl } from '../../../../electron/hosts/common/control/controlServer.ts'
import { withRunning } from '../../../../electron/hosts/terminal/control.ts'
import { GivenError } from '../../../../electron/hosts/terminal/files.ts'

test('runs with the program that has the folder; without one it says what would help', async () => {
  const folder = await emptyFolder()
  const running = () => withRunning(folder, (client) => client.call('relay.act', { act: 'retry', target: { all: true } })) // prettier-ignore
  await expect(running()).rejects.toThrow(GivenError)
  await expect(running()).rejects.toThrow(`Nothing that runs has the data folder ${folder}. Start serve --config FILE or the app there, or name the folder of one that runs by --data.`) // prettier-ignore
  const handlers = { 'relay.act': () => ({ done: 2, problems: [] }) }
  const control = await startControl({ folder, handlers, log: keepLog().log })
  onTestFinished(() => control.stop())
  expect(await running()).toEqual({ done: 2, problems: [] })
})
