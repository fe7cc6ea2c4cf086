import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { emptyFolder } from '#test/support/server/place.ts'
import { connectControl, NotRunning } from '../../../../../electron/hosts/common/control/controlClient.ts'
import { writeControlFile } from '../../../../../electron/hosts/common/control/controlFile.ts'
import { newSecret } from '../../../../../electron/hosts/common/control/proof.ts'

/** A program that took the port of one that was killed. */
async function stranger(answers: readonly string[]) {
  const told: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {}).setEncoding('utf8')
    socket.write(answers[0] ?? '')
    socket.on('data', (text: string) => {
      told.push(text)
      socket.end(answers[1] ?? '')
    })
    if (answers.length === 0) socket.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const folder = await emptyFolder()
  const secret = newSecret()
  await writeControlFile(folder, { port: (server.address() as AddressInfo).port, secret })
  return { folder, told, secret }
}

test('who took the port of a killed program learns no secret and is not believed', async () => {
  const { folder, told, secret } = await stranger(['{"nonce":"n"}\n', '{"proof":"p"}\n'])
  await expect(connectControl(folder)).rejects.toThrow(NotRunning)
  expect(told.join()).toContain('"proof"')
  expect(told.join()).not.toContain(secret)
  // What it was told cannot be told back either.
  const { proof } = JSON.parse(told[0]!) as { proof: string }
  const mirror = await stranger(['{"nonce":"n"}\n', `${JSON.stringify({ proof })}\n`])
  await expect(connectControl(mirror.folder)).rejects.toThrow(NotRunning)
})
test.each([[[]], [['HTTP/1.1 400 Bad Request\r\n\r\n']], [['{"nonce":5}\n']]])('%j: nobody is there', async (answers) => {
  await expect(connectControl((await stranger(answers)).folder)).rejects.toThrow(/^Nothing that runs has the data folder/)
}) // prettier-ignore
