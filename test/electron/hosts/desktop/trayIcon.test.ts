import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { trayIcon } from '../../../../electron/hosts/desktop/trayIcon.ts'

test('is the icon of the program', () => {
  const file = readFileSync(resolve(import.meta.dirname, '../../../../resources/build/icons/32x32.png'))
  expect(trayIcon).toBe(`data:image/png;base64,${file.toString('base64')}`)
})
