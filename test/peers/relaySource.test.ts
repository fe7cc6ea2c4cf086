/**
 * The articles' relay where it stands in the articles: on 10.0.1.22, with a client of 10.0.5.20, who may relay without
 * showing anything, and its neighbour, who may not. In a network namespace, whose only interface is loopback.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { emptyFolder } from '../support/server/place.ts'
import { whyNot } from '../support/terminal/namespace.ts'

const because = whyNot('unshare', 'ip')
const script = new URL('../support/relay/namespaced.ts', import.meta.url).pathname
const inside =
  'ip link set lo up && for one in 10.0.1.22 10.0.5.20 10.0.5.21; do ip addr add $one/32 dev lo || exit 1; done && exec "$@"'

test.skipIf(because !== '')(`a client of 10.0.5.20 relays, its neighbour does not${because && ` (skipped: ${because})`}`, async () => {
  const folder = await emptyFolder()
  const run = promisify(execFile)
  const { stdout } = await run('unshare', ['-n', 'sh', '-c', inside, 'sh', process.execPath, script, folder])
  expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toEqual({
    state: 'listening',
    told: {
      '10.0.5.20': ['220', '250', '250', '250', '354', '250', '221'],
      '10.0.5.21': ['220', '250', '250', '530', '221'],
    },
    decided: [
      ['10.0.5.20', 'Relayed, because clients in 10.0.5.20 may always relay.'],
      ['10.0.5.21', 'Refused, because nobody had signed in and everybody must.'],
    ],
    legs: [['10.0.5.20', 'gannet.example']],
  })
}) // prettier-ignore
