import { accepted, type RobotClient, type RobotDependencies } from './robot.js';

const MAX_ROWS = 6;

/** Group robot: the key in its address is all it has; there is no signature. A notice card holds six facts. */
export function wecomRobot({ post }: RobotDependencies): RobotClient {
  return {
    async send({ url }, text) {
      const card = {
        card_type: 'text_notice',
        main_title: { title: cut(text.intro, 36), desc: cut(text.rows[0]?.value ?? '', 44) },
        horizontal_content_list: text.rows
          .slice(1, MAX_ROWS + 1)
          .map(({ label, value }) => ({ keyname: cut(label, 5), value: cut(value, 30) })),
        jump_list: [{ type: 1, title: cut(text.button, 13), url: text.link }],
        card_action: { type: 1, url: text.link },
      };
      const answer = await post({
        url,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ msgtype: 'template_card', template_card: card }),
      });
      // 45009: too many; 93000: no such key
      const response = accepted(answer, {
        code: ({ errcode }) => errcode,
        later: [-1, 45009],
        secret: [93000],
      });
      return { providerId: null, response };
    },
  };
}

function cut(text: string, length: number): string {
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}
