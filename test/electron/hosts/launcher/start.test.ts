import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isStale } from '../../../../electron/hosts/launcher/stale.ts'

const root = resolve(import.meta.dirname, '../../../..')

test('where no window can open it says why in one line and passes flags on to the browser host', ({
  skip,
}) => {
  if (isStale(root)) skip('out/ is older than the sources: run "npm run build" first')
  const script = join(root, 'electron/hosts/launcher/start.ts')
  const done = spawnSync(process.execPath, [script, '--browser', '--no-sandbox', '--port', '70000'], {
    encoding: 'utf8',
  })
  const [first, second] = done.stderr.split('\n')
  expect(first).toBe('Relayscope opens in the browser: as asked.')
  expect(second).toBe('--port "70000": a number from 0 to 65535.')
  expect(done.status).toBe(2)
})
