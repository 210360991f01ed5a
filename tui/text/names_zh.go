package text

import "cleardesk/domain"

func namesChinese() NameWords {
	return NameWords{
		Short: map[domain.Kind]string{
			domain.Exchange: "调换货", domain.QuantitySurge: "数量剧增", domain.AmountSurge: "金额过大",
			domain.StepMismatch: "步长差异", domain.SlowFulfilment: "配货超时", domain.OrderChange: "订单变更",
			domain.ShortWeight: "重量不足", domain.Replenishment: "补货异常", domain.ZeroStock: "库存为零",
			domain.NotOrderable: "无法下单", domain.Overweight: "重量超标", domain.WrongOrder: "下错订单",
			domain.Return: "退货",
		},
		Long: map[domain.Kind]string{
			domain.Exchange: "调换货", domain.QuantitySurge: "订单量剧增", domain.AmountSurge: "订单金额过大",
			domain.StepMismatch: "步长值差异", domain.SlowFulfilment: "配货时间过长", domain.OrderChange: "订单变更",
			domain.ShortWeight: "重量不足", domain.Replenishment: "补货异常", domain.ZeroStock: "库存为零",
			domain.NotOrderable: "商品无法下单", domain.Overweight: "重量超标", domain.WrongOrder: "下错订单",
			domain.Return: "退货",
		},
		Departments: map[domain.Department]string{
			domain.CustomerService: "客服", domain.Manager: "经理", domain.Expansion: "拓展",
			domain.Procurement: "采购", domain.Logistics: "物流", domain.Training: "培训", domain.Finance: "财务",
		},
		Roles: map[domain.Role]string{
			domain.RoleAgent: "客服", domain.RoleManager: "经理", domain.RoleExpansion: "拓展",
			domain.RoleProcurement: "采购", domain.RoleLogistics: "物流", domain.RoleTraining: "培训",
			domain.RoleFinance: "财务",
		},
		Outcomes: outcomesChinese(),
		Who: map[domain.WhoCan]string{
			domain.StoreCan: "店", domain.WeCan: "台", domain.ReceiptOnly: "收",
		},
		WhoLong: map[domain.WhoCan]string{
			domain.StoreCan: "门店可改", domain.WeCan: "只有平台可改", domain.ReceiptOnly: "只能在收货时处理",
		},
		Moments: map[domain.MomentKind]string{
			domain.WindowClose: "截单", domain.Picking: "拣货", domain.Departure: "装车", domain.Promise: "答复期限",
			domain.ClaimEnds: "申诉期满", domain.WeekEnds: "周结算",
		},
		States: map[domain.OrderState]string{
			domain.Placed: "已下单", domain.Accepted: "已接受", domain.Allocated: "已配货", domain.Shipped: "已发车",
			domain.Delivered: "已送达", domain.Received: "已收货", domain.Settled: "已结算",
			domain.Cancelled: "已取消", domain.Refused: "已拒收",
		},
		CaseStates: map[domain.CaseState]string{
			domain.CaseOpen: "未结", domain.CaseSnoozed: "稍后", domain.CaseClosed: "已结",
		},
	}
}

func outcomesChinese() map[string]string {
	return map[string]string{
		"supplement_created": "已补单", "converted_to_return": "转退货", "refused": "拒绝",
		"confirmed_genuine": "属实放行", "quantity_corrected": "改数量", "line_cancelled": "取消本行",
		"order_cancelled": "取消整单", "order_corrected": "改订单", "limit_raised": "提高限额",
		"step_corrected": "更正步长", "quantity_rounded": "数量取整", "delivered": "已送达",
		"cancelled_reordered": "取消重下", "change_refused": "不予变更", "withdrawn": "门店撤回",
		"credited": "抵扣", "claim_rejected": "申诉不成立", "charged": "补收", "surplus_returned": "退回多货",
		"accepted_free": "赠送收下", "reordered": "已重下", "not_needed": "不需要", "stock_corrected": "更正库存",
		"substituted": "换商品", "listing_corrected": "更正上架", "delisted_confirmed": "确认下架", "kept": "保留原单",
		"returned": "已退货", "supplier_rejected": "供应商拒绝", "false_alarm": "误报", "rescheduled": "改约", "lapsed": "已补上",
		"merged": "已并入",
	}
}
