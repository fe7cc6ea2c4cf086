/**
 * Owns: a line as a terminal showed it, from what a recording of the terminal holds: escape sequences gone (ECMA-48
 * §5.4), backspaces carried out. Linear in the line.
 */

const sequences =
  // eslint-disable-next-line no-control-regex -- these are the characters to remove
  /\u001b(?:\[[0-?]{0,32}[ -/]{0,8}[@-~]|\][^\u0007\u001b]{0,500}(?:\u0007|\u001b\\)|[@-Z\\^_=>()#78])/g

export function asShown(line: string): string {
  if (!line.includes('\u001b') && !line.includes('\b') && !line.includes('\u007f')) return line
  const clean = line.replace(sequences, '')
  if (!clean.includes('\b') && !clean.includes('\u007f')) return clean
  const kept: string[] = []
  for (let i = 0; i < clean.length; i++) {
    const character = clean[i]!
    if (character !== '\b' && character !== '\u007f') kept.push(character)
    else {
      // A terminal rubs out by going back, writing a space and going back again.
      if (clean.startsWith(' \b', i + 1)) i += 2
      kept.pop()
    }
  }
  return kept.join('')
}
