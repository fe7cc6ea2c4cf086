import { expect, test, vi } from 'vitest'
import { download } from '#renderer/flows/download.ts'

test('a link with the name is pressed, and its address let go', async () => {
  const gone = vi.fn()
  Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: gone })
  const names: string[] = []
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    names.push(this.download)
  })
  download('case.json', '{}')
  await vi.waitFor(() => expect(gone).toHaveBeenCalledWith('blob:x'))
  expect(names).toEqual(['case.json'])
  click.mockRestore()
})
