import { expect, test } from 'vitest'
import { jsString, linesOf, printfFormat, printfLines, pythonBytes, pythonString, shellWord } from '#shared/transcript/export/commands/quote.ts' // prettier-ignore

test('plain text in single quotes, all else by its octets', () => {
  expect(shellWord('a $(b) `c` "d" \\e')).toBe(`'a $(b) \`c\` "d" \\e'`)
  expect(shellWord("it's")).toBe(`"$(printf 'it\\047s')"`)
  expect(shellWord('\u001b[201~\u202eö!\0')).toBe(`"$(printf '\\033[201~\\342\\200\\256\\303\\266\\041')"`)
  expect(shellWord('')).toBe("''")
})

test('formats of printf', () => {
  expect(printfFormat('-100%\\\r\n')).toBe("'\\055100%%\\\\\\r\\n'")
  expect(printfLines('a\r\nb')).toEqual(["printf 'a\\r\\n'", "printf 'b'"])
  expect(linesOf('')).toEqual([])
})

test('JavaScript and Python are ASCII, and nothing ends a string early', () => {
  expect(jsString('"\u2028</script>ö')).toBe('"\\"\\u2028<\\/script>\\u00f6"')
  expect(pythonString('"\\\n\u{1f600}ö')).toBe('"\\x22\\x5c\\x0a\\U0001f600\\xf6"')
  expect(pythonBytes('a\u00ff"')).toBe('b"a\\xff\\x22"')
})
