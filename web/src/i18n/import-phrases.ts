/** What the import says of a cell, found by its form; what is unknown here is shown as it was written. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^must not be empty$/, '不能为空'],
  [/^must not be negative$/, '不能为负数'],
  [/^a plain decimal string such as (.+)$/, '须为小数，如 $1'],
  [/^a whole number from (\d+) to (\d+)$/, '须为 $1 到 $2 的整数'],
  [/^at least (\S+)$/, '不能小于 $1'],
  [/^at most (\d+) decimals$/, '最多 $1 位小数'],
  [/^at most (\d+) characters$/, '最多 $1 个字符'],
  [/^at most (\S+)$/, '不能大于 $1'],
  [/^a date as DD-MM-YYYY, e\.g\. (\S+)$/, '须为“日-月-年”格式的日期，如 $1'],
  [/^there is no such day in the calendar$/, '没有这一天'],
  [/^contains characters that cannot be read$/, '含有无法识别的字符'],
  [/^a name has letters or digits$/, '名称须有文字或数字'],
  [/^a closed deal has an account$/, '已结束的商机须有客户'],
  [/^a closed deal has a close date$/, '已结束的商机须有结束日期'],
  [/^a closed deal has a close value$/, '已结束的商机须有成交额'],
  [/^an open deal has no close date$/, '未结束的商机不能有结束日期'],
  [/^before the engage date (\S+)$/, '早于开始日期 $1'],
  [/^no account yet: imported without a customer$/, '还没有客户：已按无客户导入'],
  [/^an ISO 4217 code that is in use here, e\.g\. (\w+)$/, '须为已启用的 ISO 4217 币种，如 $1'],
  [/^one of (.+)$/, '须为以下之一：$1'],
  [/^the floor must not be above the list price$/, '底价不能高于目录价'],
  [/^nobody is their own manager$/, '上级不能是本人'],
  [/^a rate is above zero$/, '汇率须大于 0'],
  [/^(\d+) have this name; none was chosen$/, '有 $1 个同名，未选用'],
  [/^not known; did you mean "(.+)"\?$/, '没有此名称；是否为“$1”？'],
  [/^not known$/, '没有此名称'],
  [/^did you mean "(.+)"\? imported as that$/, '是否为“$1”？已按此导入'],
  [/^did you mean "(.+)"\? imported as it is$/, '是否为“$1”？已按原样导入'],
  [/^the same as row (\d+), which was imported$/, '与已导入的第 $1 行相同'],
];

/** The Chinese of what the import says of a cell, or the sentence itself. */
export function importInChinese(text: string): string {
  const [pattern, words] = PHRASES.find(([form]) => form.test(text)) ?? [];
  return pattern && words ? text.replace(pattern, words) : text;
}
