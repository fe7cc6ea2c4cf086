import { expect, test } from 'vitest'
import { menuTemplate } from '../../../../electron/hosts/desktop/menu.ts'

const words = (platform: NodeJS.Platform, development: boolean): string =>
  JSON.stringify(menuTemplate(platform, development))

test('the app menu is only on macOS', () => {
  expect(words('darwin', false)).toContain('appMenu')
  expect(words('linux', false)).not.toContain('appMenu')
})

test('the local server has its entries once the engine runs', () => {
  expect(words('linux', false)).not.toContain('Local server')
  expect(JSON.stringify(menuTemplate('linux', false, [{ label: 'Start catching' }]))).toContain(
    '"label":"Local server","submenu":[{"label":"Start catching"}]',
  )
})

test('reload and developer tools are only in development', () => {
  expect(words('linux', false)).not.toMatch(/reload|toggleDevTools/)
  expect(words('linux', true)).toMatch(/reload.*toggleDevTools/)
})
