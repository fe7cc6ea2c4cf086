import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { BodyLine, ClientLine, Planned, ServerReply } from '#renderer/features/dialogue/LadderLine.tsx'
import { lastOf, TranscriptBuilder } from '../../../support/page/builder.ts'
import { heldGate } from '../../../support/page/scenes.ts'

const line = (builder: TranscriptBuilder) => lastOf(builder.events, 'line')
const reply = (text: string) => lastOf(new TranscriptBuilder({ id: 's' }).server(text).events, 'reply')

test('a secret is bullets and the word hidden', () => {
  const auth = line(new TranscriptBuilder({ id: 's' }).client('AUTH PLAIN ********', 1, { masked: [11, 19] }))
  const { container } = render(<ClientLine event={auth} />)
  expect(container.textContent).toBe('AUTH PLAIN ••••••••hidden')
})
test('4xx and 5xx have a word of their own, as has what is no SMTP', () => {
  render(<ServerReply event={reply('450 4.2.0 Greylisted')} open={false} />)
  render(<ServerReply event={reply('550 5.1.1 No such user')} open={false} />)
  render(<ServerReply event={{ ...reply('250 Ok'), malformed: 'No CRLF.' }} open={false} />)
  for (const word of ['try later', 'refused', 'not as SMTP asks']) expect(screen.getByText(word)).toBeTruthy()
})
test('a body tells its size so far; a planned secret is hidden', () => {
  const totals = { size: 4312, last: false, chunks: 2, encoding: 'bdat', firstSeq: 1, lastSeq: 2 } as const
  expect(render(<BodyLine totals={totals} />).container.textContent).toBe(
    'Body, 4.3 KB in counted pieces so far',
  )
  const planned = { ...heldGate().held!, secret: true }
  expect(render(<Planned line={planned} next />).container.textContent).toBe('MAIL FROM:<orders@shop.example> SIZE=4312hiddennext') // prettier-ignore
})
