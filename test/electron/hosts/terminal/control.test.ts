import { expect, onTestFinished, test } from 'vitest'
import { emptyFolder, keepLog } from '#test/support/server/place.ts'
import { fakeClient } from '#test/support/terminal/fakes.ts'
import { startControl } from '../../../../electron/hosts/common/control/controlServer.ts'
import { runningOrOwn, withRunning } from '../../../../electron/hosts/terminal/control.ts'
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

test('what is asked of a folder goes to the program that has it, else to an engine of its own', async () => {
  const folder = await emptyFolder()
  const own = fakeClient({ 'server.issueClientCertificate': () => ({ problems: [] }) })
  const asked: (string | null)[] = []
  const ask = (of: string | null) =>
    runningOrOwn((data, run) => {
      asked.push(data)
      return run(own)
    })(of, (client) => client.call('server.issueClientCertificate', { user: 'ann' }))
  expect([await ask(folder), await ask(null), asked]).toEqual([
    { problems: [] },
    { problems: [] },
    [folder, null],
  ])
  const problems = [{ field: 'user', value: 'ann', message: 'is asked of the one that runs' }]
  const handlers = { 'server.issueClientCertificate': () => ({ problems }) }
  const control = await startControl({ folder, handlers, log: keepLog().log })
  onTestFinished(() => control.stop())
  expect([await ask(folder), asked.length]).toEqual([{ problems }, 2])
})
