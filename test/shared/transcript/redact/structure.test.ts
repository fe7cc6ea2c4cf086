import { expect, test } from 'vitest'
import { changeFieldText } from '#shared/transcript/redact/structure.ts'

const all = (text: string): string => text.replaceAll(/[A-Za-z]+/g, 'x')

test.each([
  ['List-Id: Jan\r\n', 'List-Id: x\r\n'],
  ['X-Corp-List: Jan\r\n', 'x-x-x: x\r\n'],
  ['Date: Mon, 02 Jan 2026 03:04:05 +0000 (UTC)\r\n', 'Date: Mon, 02 Jan 2026 03:04:05 +0000 (x)\r\n'],
  ['Received: by Jan; Mon, 2 Jan 2026\r\n 03:04', 'Received: x x; Mon, 2 Jan 2026\r\n 03:04'],
  ['Content-Type: multipart/mixed; boundary="abc"', 'Content-Type: multipart/mixed; boundary="x"'],
  ['Content-Type:\r\n text/plain;\r\n format=flowed', 'Content-Type:\r\n text/plain;\r\n format=x'],
  ['Content-Type: corp/secret; name=ann', 'Content-Type: x/x; name=x'],
  ['Content-Type: text/plainx; x=y', 'Content-Type: x/x; x=x'],
  ['Content-Disposition: attachment; filename*0*=ann', 'Content-Disposition: attachment; filename*0*=x'],
  ['Content-Transfer-Encoding: base64\r\n', 'Content-Transfer-Encoding: base64\r\n'],
  ['no field', 'x x'],
])('%j', (before, after) => expect(changeFieldText(before, all)).toBe(after))
