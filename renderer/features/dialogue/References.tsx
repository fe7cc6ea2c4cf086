/** Owns: where it is written, one after the other. */
import { ReferenceLink } from '#renderer/ui/ReferenceLink.tsx'

export function References({ references }: { references: readonly string[] }) {
  return (
    <>
      {references.map((text) => (
        <ReferenceLink key={text} text={text} />
      ))}
    </>
  )
}
