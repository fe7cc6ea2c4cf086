import { expect, test } from 'vitest'
import { pageContent } from '../../../../../electron/hosts/common/web/pageContent.ts'
import { startWebHost } from '../../../../../electron/hosts/common/web/webHost.ts'
import { ask, enter, makePage } from './support.ts'

test('files with a hash in their name may be kept, the page itself not, the rest is not there', async () => {
  const content = await pageContent(await makePage())
  const host = await startWebHost({ handlers: {}, content, log: () => {} })
  const cookie = { Cookie: await enter(host.newAddress()) }
  const asset = await ask(host.port, '/assets/app-12345678.js', cookie)
  expect(asset).toMatchObject({ status: 200, body: '1' })
  expect(asset.headers).toMatchObject({
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
  })
  expect((await ask(host.port, '/index.html', cookie)).headers['cache-control']).toBe('no-store')
  expect((await ask(host.port, '/nothing', cookie)).status).toBe(404)
  await host.stop()
})

test('without a built page there is nothing to serve', async () => {
  await expect(pageContent('/nonexistent')).rejects.toThrow('npm run build')
})
