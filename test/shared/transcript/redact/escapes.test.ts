import { expect, test } from 'vitest'
import {
  changeEntities,
  changeJson,
  changePairs,
  changePercent,
  changeQuoted,
} from '#shared/transcript/redact/escapes.ts'

const hide = (text: string): string =>
  text.replaceAll('Jörg', 'person1').replaceAll('ann@x.de', 'p@d.example')

test.each([
  [changePercent, 'a?q=J%C3%B6rg&b=%zz Jörg', 'a?q=person1&b=%zz person1'],
  [changePercent, 'J%F6rg, ann%40x.de', 'person1, p%40d.example'],
  [changePercent, '100% of 5%41', '100% of 5%41'],
  [changeQuoted, 'J=C3=B6rg and J=\r\n=C3=B6=\r\nrg', 'person1 and person1'],
  [changeQuoted, 'a=b J=C3=A4rg', 'a=b J=C3=A4rg'],
  [changeEntities, 'J&ouml;rg J&#246;rg J&#xf6;rg ann&commat;x.de', 'person1 person1 person1 p@d.example'],
  [changeEntities, '&lt;&nosuch; &amp; &#0;&#xd800;', '&lt;&nosuch; &amp; &#0;&#xd800;'],
  [changeQuoted, 'user=ann@x.de a=annex d=fann@x.de', 'user=p@d.example a=annex d=fp@d.example'],
  [changeJson, '{"a":"\\nJ\\u00f6rg","b":"C:\\\\Jörg \\q"}', '{"a":"\\nperson1","b":"C:\\\\person1 \\q"}'],
  [changeJson, '"{\\"a\\":\\"\\\\nJ\\\\u00f6rg\\"}"', '"{\\"a\\":\\"\\\\nperson1\\"}"'],
  [changePairs, '"J\\ö\\rg" a\\nn@x.de', '"person1" p@d.example'],
])('%o of %j', (change, text, changed) => expect(change(text, hide)).toBe(changed))

const same = (text: string): string => text
test('a run in which nothing is hidden stays as it is written', () => {
  for (const change of [changePercent, changeQuoted, changeEntities, changePairs])
    expect(change('%c3%b6 =c3=b6 &#x0f6; \\x', same)).toBe('%c3%b6 =c3=b6 &#x0f6; \\x')
})
