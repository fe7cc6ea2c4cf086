/** Owns: pasting outside of fields: what is in the clipboard is looked at in the dialog before anything is kept. */
import { useEffect } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { inField, isAsked } from '#renderer/ui/keyTargets.ts'

export function usePasteKeys(read: (files: readonly File[]) => void): void {
  const { stores } = useServices()
  useEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      if (event.defaultPrevented || inField(event.target) || isAsked() || event.clipboardData === null) return
      const files = [...event.clipboardData.files]
      const text = event.clipboardData.getData('text/plain')
      if (files.length > 0) read(files)
      else if (text.trim() !== '') stores.view.getState().set({ pasting: text })
      else return
      event.preventDefault()
    }
    window.addEventListener('paste', pasted)
    return () => window.removeEventListener('paste', pasted)
  }, [stores, read])
}
