/** Owns: the characters of names and addresses that HTML writes with a name (HTML 4 §24.2, and the punctuation of addresses). */

/** U+00C0 to U+00FF in order. */
const letters =
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ' +
  'ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml ' +
  'eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'

/** Name, as it is written between `&` and `;`, -> character. */
export const entityCharacters: ReadonlyMap<string, string> = new Map([
  ...letters.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(0xc0 + index)]),
  ['nbsp', '\u00a0'],
  ['shy', '\u00ad'],
  ['commat', '@'],
  ['period', '.'],
  ['lowbar', '_'],
  ['plus', '+'],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['OElig', 'Œ'],
  ['oelig', 'œ'],
  ['Scaron', 'Š'],
  ['scaron', 'š'],
  ['Yuml', 'Ÿ'],
])
