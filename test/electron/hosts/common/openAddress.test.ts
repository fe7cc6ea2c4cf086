import { expect, test } from 'vitest'
import { openerFor } from '../../../../electron/hosts/common/openAddress.ts'

const address = 'http://127.0.0.1:1/?token=x'

test.each([
  ['linux', { DISPLAY: ':0' }, ['xdg-open', [address]]],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', [address]]],
  ['linux', {}, null],
  ['linux', { DISPLAY: '' }, null],
  ['darwin', {}, ['open', [address]]],
  ['win32', {}, ['rundll32', ['url.dll,FileProtocolHandler', address]]],
] as const)('%s %o', (platform, env, opener) => {
  expect(openerFor(address, platform, env)).toEqual(opener)
})
