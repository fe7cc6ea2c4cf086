/**
 * Owns: how a message that the relay delivered into the Inbox is known by its id, `SESSION.BODY`: bodies that a session
 * receives count from 1, those of local delivery lie above `firstLocalBody`, within the nine digits of an id. Pure.
 */
export const firstLocalBody = 500_000_000

export const isLocalDelivery = (id: string): boolean =>
  Number(id.slice(id.lastIndexOf('.') + 1)) >= firstLocalBody
