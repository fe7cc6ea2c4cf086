import { expect, test } from 'vitest'
import { diagnose, hello } from '#test/support/diagnosis/script.ts'

const plain = { tls: 'none' } as const

test('parameters and BDAT, named with their extension', () => {
  const [found] = diagnose([...hello('SIZE'), 'C: MAIL FROM:<a@x.example> SIZE=1 BODY=8BITMIME', 'S: 250 ok', 'C: RCPT TO:<b@x.example> NOTIFY=NEVER', 'S: 555 no'], plain).filter(({ code }) => code === 'extension-missing') // prettier-ignore
  expect(found).toMatchObject({ severity: 'error', evidence: [4, 5, 6, 7, 8] })
  expect(found!.message).toBe('BODY in MAIL (8BITMIME), NOTIFY in RCPT (DSN) is used, but the server does not offer it.') // prettier-ignore
  const [bdat] = diagnose([...hello(), 'C: BDAT 3 LAST', 'S: 250 ok'], plain)
  expect(bdat).toMatchObject({ code: 'extension-missing', severity: 'warning' })
})

test('binary content needs an extension of its own', () => {
  const [found] = diagnose([...hello('8BITMIME'), 'C: MAIL FROM:<> BODY=BINARYMIME', 'S: 250 ok'], plain)
  expect(found!.message).toContain('BINARYMIME')
})

test('offered, or nothing known of the offer', () => {
  expect(diagnose([...hello('SIZE'), 'C: MAIL FROM:<> SIZE=1', 'S: 250 ok'], plain)).toEqual([])
  expect(diagnose(['C: MAIL FROM:<> SIZE=1', 'S: 250 ok'], plain)).toEqual([])
})
