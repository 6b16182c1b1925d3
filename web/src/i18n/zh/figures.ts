export const figures = {
  access: {
    title: '访问记录',
    kinds: '记录类型',
    all: '全部',
    none: '没有记录。',
  },
  accessKind: { READ: '查看', EXPORTED: '导出', REFUSED: '被拒绝' },
  accessWhat: {
    REQUEST: '审批申请',
    AUDIT: '审批的审计链',
    HELD_SEATS: '他人持有的待办',
    ACCESS_LOG: '访问记录',
    IMPORT_ERRORS: '导入错误清单',
  },
};
