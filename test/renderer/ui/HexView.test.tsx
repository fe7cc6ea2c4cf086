import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { HexView } from '#renderer/ui/HexView.tsx'
import { fromByteString } from '#shared/bytes/bytes.ts'
import { violations } from '../../support/page/axe.ts'

test('offset, octets, ASCII; line ends and everything strange are dots', async () => {
  const { container } = render(<HexView bytes={fromByteString('235 ok\r\n\u0000\u00ffA')} from={16} />)
  const rows = [...container.querySelectorAll('figure > div')].map((row) => row.textContent)
  expect(rows).toEqual(['1032 33 35 20 6f 6b 0d 0a 235 ok··', '1800 ff 41 ··A'])
  expect(await violations(container)).toEqual([])
})
test('what is over the limit is counted', () => {
  const { container } = render(<HexView bytes={new Uint8Array(5000)} limit={16} />)
  expect(container.textContent).toContain('and 4984 bytes more')
})
