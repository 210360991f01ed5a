package text

import "cleardesk/domain"

func caseCodesChinese() CaseCodeWords {
	return CaseCodeWords{
		Names: map[domain.Ask]string{
			domain.AskLook: "看记录", domain.AskCall: "致电", domain.AskDecide: "决定", domain.AskWhy: "原因",
			domain.AskWho: "谁接", domain.AskSaid: "说法", domain.AskOnLine: "哪一行", domain.AskQuantity: "数量", domain.AskRest: "其余行",
			domain.AskProduct: "换成", domain.AskItem: "各行", domain.AskAmount: "金额", domain.AskWhen: "时间", domain.AskConfirmed: "谁证实",
			domain.AskRestock: "退回后",
		},
		Parts: map[domain.Ask]string{
			domain.AskWho: "谁接   ", domain.AskSaid: "说法   ", domain.AskOnLine: "哪一行 ", domain.AskQuantity: "新数量 ", domain.AskRest: "其余行 ",
			domain.AskProduct: "换成   ", domain.AskAmount: "金额   ", domain.AskWhen: "时间   ", domain.AskConfirmed: "谁证实 ",
			domain.AskRestock: "退回后 ", domain.AskItem: "各行   ",
		},
		Calls: map[domain.CallOutcome]string{
			domain.Reached: "接通", domain.NoAnswer: "没接通", domain.Busy: "占线", domain.WrongNumber: "号码不对", domain.NotNeeded: "不必打",
		},
		Whos: map[domain.CallWho]string{domain.StoreManager: "店长", domain.StoreClerk: "店员", domain.SomebodyElse: "其他"},
		Saids: map[domain.Said]string{
			domain.SaidMistake: "打错了", domain.SaidWanted: "确实要", domain.SaidChange: "要改", domain.SaidCancel: "要取消",
			domain.SaidOther: "其他", domain.SaidAsAsked: "照所说办", domain.SaidLeaves: "算了", domain.SaidEnough: "不需要",
			domain.SaidOtherGood: "换别的", domain.SaidWaits: "愿意等", domain.SaidCame: "已收到", domain.SaidNewOnes: "补发",
			domain.SaidSendsBack: "退回", domain.SaidCredit: "抵扣", domain.SaidPays: "照付", domain.SaidWontPay: "不付",
		},
		Choices: choicesChinese(),
		NoOrder: map[domain.Choice]string{domain.ChooseDropLine: "告知没货"},
		KindChoices: map[domain.Kind]map[domain.Choice]string{
			domain.WrongOrder:  {domain.ChooseGenuine: "照单保留"},
			domain.Return:      {domain.ChooseRefuse: "不能退"},
			domain.OrderChange: {domain.ChooseRefuse: "不予变更"},
			domain.ShortWeight: {domain.ChooseRefuse: "申诉不成立"},
		},
		Bars:        barsChinese(),
		Rests:       map[domain.Rest]string{domain.RestAlike: "都照此办", domain.RestEach: "逐行答"},
		Reasons:     reasonsChinese(),
		Proposals:   proposalsChinese(),
		AmountWhys:  map[domain.AmountWhy]string{domain.AmountAll: "全部差额", domain.AmountBeyond: "超出容差", domain.AmountGoods: "货款", domain.AmountOrder: "刚够本单", domain.AmountRoomy: "留余地"},
		TimeWhys:    timesChinese(),
		Confirmers:  map[domain.Confirmer]string{domain.ByWarehouse: "仓库", domain.BySupplier: "供应商", domain.BySlip: "磅单照片", domain.ByNobody: "无人"},
		Restockings: map[domain.Restocking]string{domain.ToStock: "回库再卖", domain.ToWaste: "不回库"},
	}
}

func choicesChinese() map[domain.Choice]string {
	return map[domain.Choice]string{
		domain.ChooseGenuine: "属实放行", domain.ChooseChange: "改数量", domain.ChooseDropLine: "取消本行",
		domain.ChooseDropOrder: "取消整单", domain.ChooseFalseAlarm: "误报",
		domain.ChooseReorder: "取消重下", domain.ChooseRaiseLimit: "调高限额", domain.ChooseSubstitute: "换商品", domain.ChooseFixStep: "步长有误",
		domain.ChooseFixStock: "库存有误", domain.ChooseFixListing: "上架有误", domain.ChooseDelisted: "确已下架",
		domain.ChooseSupplement: "补单", domain.ChooseToReturn: "转退货", domain.ChooseReturn: "退货", domain.ChooseCredit: "退差价",
		domain.ChooseCharge: "补差价", domain.ChooseSendBack: "退回多出", domain.ChooseFree: "免收", domain.ChooseRefuse: "不同意",
		domain.ChooseWithdraw: "门店撤回", domain.ChooseReschedule: "改约", domain.ChooseDelivered: "已送达", domain.ChooseOrder: "补下",
		domain.ChooseNotNeeded: "不需要",
	}
}

func barsChinese() map[domain.Bar]string {
	return map[domain.Bar]string{
		domain.BarShipped: "已发货", domain.BarNotShipped: "还没发货", domain.BarGone: "已取消", domain.BarNoOrder: "没有订单",
		domain.BarDelivered: "已送达", domain.BarNoStock: "没有货", domain.BarNotOrderable: "都不能下", domain.BarNoLimit: "没过限额",
		domain.BarNotAccepted: "还没接受", domain.BarNothingDue: "没有可退补的",
		domain.BarRejected: "采购或供应商不同意", domain.BarNotRejected: "还没被拒绝",
	}
}

func reasonsChinese() map[domain.ReasonCode]string {
	return map[domain.ReasonCode]string{
		domain.WhyExtraDigit: "多打一位", domain.WhyCaseForPiece: "箱当件", domain.WhyWrongItem: "看错商品", domain.WhyTwice: "重复下单",
		domain.WhyNotWanted: "不要了", domain.WhyStepUnknown: "不知步长", domain.WhyNoStock: "没有货", domain.WhyEvent: "节庆团购",
		domain.WhyStockUp: "备货", domain.WhyGrowth: "卖得多了", domain.WhyNewItem: "新品", domain.WhyUsualHere: "本店常量",
		domain.WhyFewOrders: "记录太少", domain.WhyWrongData: "资料有误", domain.WhyGoodPayer: "一向付清", domain.WhyForgot: "忘了下",
		domain.WhyCouldNot: "没下成", domain.WhyLate: "下晚了", domain.WhyEnough: "还有货", domain.WhySeason: "过季", domain.WhyOtherSource: "别处进货",
		domain.WhyEntry: "录入错", domain.WhyImport: "导入错", domain.WhyPack: "换包装", domain.WhySupplierSays: "供应商改",
		domain.WhyDamaged: "破损", domain.WhyExpiry: "临期", domain.WhyQuality: "质量", domain.WhyWrongGoods: "发错货", domain.WhyNotShown: "无凭证",
		domain.WhyTooLate: "报晚了", domain.WhyStoreFault: "店里弄坏", domain.WhyPacking: "分装错", domain.WhyScale: "磅秤不准", domain.WhyOnTheWay: "途中损耗",
		domain.WhyGoodwill: "照顾门店", domain.WhyShipped: "已发货", domain.WhyStoreAsks: "门店要求", domain.WhyStoreAgrees: "门店同意", domain.WhySolved: "已另解决",
		domain.WhyMisunderstood: "听错了", domain.WhyToldTwice: "重复报", domain.WhyVan: "车辆", domain.WhyWarehouse: "仓库忙", domain.WhySupplierLate: "供应商迟",
		domain.WhyTraffic: "路况", domain.WhyNotTold: "没报进度", domain.WhySystemLate: "系统延迟", domain.WhyOther: "其他",
	}
}

func proposalsChinese() map[domain.ProposalWhy]string {
	return map[domain.ProposalWhy]string{
		domain.ProposeLikely: "可能", domain.ProposeZeroLess: "少一个零", domain.ProposeUndouble: "去掉重打", domain.ProposeCase: "按件",
		domain.ProposeMedian: "中位", domain.ProposeTop: "平常上限", domain.ProposeBelow: "往下", domain.ProposeAbove: "往上",
		domain.ProposeStock: "现有", domain.ProposeAsked: "所求", domain.ProposeDiffers: "差额", domain.ProposeUsual: "常订", domain.ProposeApproved: "获准", domain.ProposeAsOrdered: "原数",
	}
}

func timesChinese() map[domain.TimeWhy]string {
	return map[domain.TimeWhy]string{
		domain.TimeNextVan: "下班车", domain.TimeLaterVan: "再下班车", domain.TimeHour: "一小时后", domain.TimeNow: "现在", domain.TimeHourAgo: "一小时前",
		domain.TimePromised: "应到时",
	}
}
