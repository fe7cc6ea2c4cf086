/** Owns: the way from a dialogue to its comparison with another one. */
import { useServices } from '#renderer/flows/services.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { ComparePicker } from './ComparePicker.tsx'

export function CompareButton({ id }: { id: string }) {
  const { stores } = useServices()
  return (
    <>
      <IconButton
        icon="dialogue"
        tone="framed"
        label="Compare with…"
        onPress={() => stores.compare.getState().set({ picking: id })}
      />
      <ComparePicker />
    </>
  )
}
