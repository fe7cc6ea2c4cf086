import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webSocketPort } from '#renderer/app/port.ts'
import { createRpcClient } from '#shared/rpc/client.ts'
import { type BrowserHost, startBrowserHost } from '../../../../electron/hosts/browser/host.ts'
import { connectControl, NotRunning } from '../../../../electron/hosts/common/control/controlClient.ts'
import { ask, enter, makePage } from '../common/web/support.ts'

let dataFolder = ''
const hosts: BrowserHost[] = []
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'relayscope-host-'))
})
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop()
  await rm(dataFolder, { recursive: true, force: true })
})

async function start(folder = dataFolder): Promise<BrowserHost> {
  const layout = { page: await makePage(), preload: '' }
  const host = await startBrowserHost({ dataFolder: folder, port: 0, layout, log: () => {} })
  hosts.push(host)
  return host
}

/** A client as the page's, with the cookie and Origin that a browser would add. */
async function connect(host: BrowserHost) {
  const address = host.newAddress()
  const { host: place } = new URL(address)
  const headers = { Cookie: await enter(address), Origin: `http://${place}` }
  const socket = new WebSocket(`ws://${place}/rpc`, { headers }) as unknown as globalThis.WebSocket
  return createRpcClient(() => webSocketPort(socket))
}

test('the page and the engine are behind one address', async () => {
  const host = await start()
  const address = host.newAddress()
  const page = await ask(Number(new URL(address).port), '/', { Cookie: await enter(address) })
  expect(page.body).toContain('The page')
  const client = await connect(host)
  expect(await client.call('app.info', {})).toMatchObject({ host: 'browser', dataFolder })
  client.close()
})

test('the local server is on again when it was left on, and off when it was stopped', async () => {
  const config = { listeners: [{ port: 0, tls: 'plain' as const, auth: 'off' as const }] }
  const first = await start()
  const client = await connect(first)
  expect((await client.call('server.status', {})).running).toBe(false)
  expect((await client.call('server.start', { config })).status.running).toBe(true)
  client.close()
  await first.stop()

  const second = await start()
  const again = await connect(second)
  expect((await again.call('server.status', {})).running).toBe(true)
  await again.call('server.stop', {})
  again.close()
  await second.stop()

  const third = await connect(await start())
  expect((await third.call('server.status', {})).running).toBe(false)
  third.close()
})

test('what cannot start says why, and leaves nothing open', async () => {
  const file = join(dataFolder, 'file')
  await writeFile(file, '')
  await expect(start(join(file, 'below'))).rejects.toThrow('The data folder')
  const layout = { page: join(dataFolder, 'none'), preload: '' }
  const unbuilt = startBrowserHost({ dataFolder, port: 0, layout, log: () => {} })
  await expect(unbuilt).rejects.toThrow('npm run build')
})

test('commands about the relay’s queue reach it by its data folder while it runs', async () => {
  const host = await start()
  const client = await connectControl(dataFolder)
  expect(await client.call('relay.act', { act: 'retry', target: { all: true } })).toEqual({ done: 0, problems: [] }) // prettier-ignore
  client.close()
  await host.stop()
  await expect(connectControl(dataFolder)).rejects.toThrow(NotRunning)
})
