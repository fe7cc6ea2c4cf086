/** Owns: taking files that are dropped on a part of the form. */
import { useState, type DragEvent } from 'react'

/** Spread the handlers on the element; `over` while files hang above it. Text that is dragged is left alone. */
export function useFileDrop(take: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false)
  return {
    over,
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false)
      const files = [...event.dataTransfer.files]
      if (files.length === 0) return
      event.preventDefault()
      take(files)
    },
  }
}
