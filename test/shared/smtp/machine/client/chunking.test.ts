import { expect, test } from 'vitest'
import { usesBdat } from '#shared/smtp/machine/client/chunking.ts'
import { ClientCore } from '#shared/smtp/machine/client/core.ts'
import type { ClientOptions } from '#shared/smtp/machine/options.ts'
import { clientOptions } from '#test/support/smtp/pump.ts'

function offered(change: Partial<ClientOptions>, ...keywords: string[]): boolean {
  const core = new ClientCore(clientOptions(change))
  core.capabilities = keywords.map((keyword) => ({ keyword, parameters: [] }))
  return usesBdat(core)
}

test('BDAT needs the wish and the offer, and a stop after DATA needs DATA', () => {
  expect([
    offered({ chunking: true }, 'CHUNKING'),
    offered({ chunking: true }),
    offered({}, 'CHUNKING'),
    offered({ chunking: true, stopAfter: 'data' }, 'CHUNKING'),
  ]).toEqual([true, false, false, false])
})
