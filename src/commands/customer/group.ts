/** SQL: who stands at the head of a customer's group; themselves without a parent. @param customer a placeholder */
export const headOf = (customer: string): string => `
  WITH RECURSIVE above AS (
    SELECT id, parent_id FROM customer WHERE id = ${customer}
    UNION SELECT p.id, p.parent_id FROM customer p JOIN above a ON a.parent_id = p.id
  ) SELECT id FROM above WHERE parent_id IS NULL`;

/** SQL: the ids of a customer's whole group, themselves included. @param customer a placeholder */
export const groupOf = (customer: string): string => treeOf(`(${headOf(customer)})`);

/** SQL: a customer and everybody below them. @param customer a placeholder, or a query of one */
export const treeOf = (customer: string): string => `
  WITH RECURSIVE below AS (
    SELECT id FROM customer WHERE id = ${customer}
    UNION SELECT c.id FROM customer c JOIN below b ON c.parent_id = b.id
  ) SELECT id FROM below`;
