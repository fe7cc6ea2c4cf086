/** Owns: giving a text or octets to the person as a file. */

export function download(
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  type = 'application/json',
): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the content when the click returns; the next turn is early enough to let it go.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
