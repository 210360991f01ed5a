package text

import (
	"fmt"

	"cleardesk/domain"
)

func goodsChinese() GoodsWords {
	w := GoodsWords{
		Name: "商品", Parts: []string{"资料", "核量", "导入冲突"},
		Part:  func(name string, n int) string { return fmt.Sprintf("%s %d", name, n) },
		Sums:  func(n, all int) string { return fmt.Sprintf("%d种里%d种不合标准", all, n) },
		Order: "要紧的先, 再按28天订单",
		Filtered: func(words string, hidden int) string {
			return fmt.Sprintf("筛选「%s」隐去%d, esc 看全部", words, hidden)
		},
		None:     []string{"资料都齐, 没有矛盾。", "没有等采购核实的数量。", "没有与平台目录的冲突。"},
		HeadCode: "编号", HeadName: "商品", HeadFaults: "缺什么, 哪里不合", HeadOrders: "28天单", HeadMoney: "金额", HeadCases: "未结",
		HeadCategory: "品类", HeadSupplier: "供应商", HeadLeft: "剩余", HeadStore: "门店", HeadOrder: "单号", HeadProduct: "商品", HeadOrdered: "订量",
		HeadUsual: "平常", HeadFree: "可用库存", HeadAbove: "核量线", HeadHolder: "经办", HeadField: "栏", HeadOurs: "本处", HeadTheirs: "平台目录",
		HeadSince: "导入", HeadBy: "本处由谁改", HeadNow: "现值", HeadNew: "改为", HeadSays: "说明",
		Fields: map[domain.ProductField]string{
			domain.FieldName: "中文名", domain.FieldNameEn: "英文名", domain.FieldUnit: "单位", domain.FieldUnitEn: "英文单位", domain.FieldWeighed: "按重量",
			domain.FieldCategory: "品类", domain.FieldSupplier: "供应商", domain.FieldToleranceRate: "允差比例", domain.FieldToleranceAbs: "允差重量",
			domain.FieldCase: "箱规", domain.FieldLeast: "起订量", domain.FieldVerifyAbove: "核量线", domain.FieldStep: "步长", domain.FieldStock: "库存",
			domain.FieldStatus: "上架", domain.FieldPrice: "价格",
		},
		Yes: "是", No: "否",
		Reasons: map[domain.CorrectionReason]string{
			domain.WrongEntry: "录入错", domain.WrongImport: "导入错", domain.NewPack: "换包装", domain.SupplierChange: "供应商改", domain.OtherReason: "其他",
		},
		What: map[domain.ChangeWhat]string{
			domain.ChangeEdited: "改资料", domain.ChangeCorrected: "更正", domain.ChangeKept: "冲突保留本处", domain.ChangeTaken: "冲突按平台",
		},
	}
	goodsFaultsChinese(&w)
	goodsPartsChinese(&w)
	goodsActsChinese(&w)
	return w
}

func goodsFaultsChinese(w *GoodsWords) {
	w.Faults = map[domain.StandardRule]string{
		domain.NoUnit: "缺单位", domain.WeightUnit: "称重而单位不是kg", domain.PieceUnit: "计件而单位是重量", domain.NoStep: "缺步长",
		domain.StepFraction: "步长不是整件", domain.StepCase: "步长与箱规不合", domain.CaseFraction: "箱规不是整件", domain.LeastStep: "起订量不合步长",
		domain.VerifyLow: "核量线太低", domain.NoTolerance: "缺允差", domain.WideTolerance: "允差太宽", domain.NoPrice: "缺价格",
		domain.Oversold: "库存不够已接受的", domain.Twice: "重名", domain.NoName: "缺名称", domain.NoSupplier: "缺供应商", domain.NoCategory: "缺品类",
		domain.NoNameEn: "缺英文名", domain.NoUnitEn: "缺英文单位", domain.StrayTolerance: "计件却有允差",
	}
	w.Says = map[domain.StandardRule]string{
		domain.NoUnit: "没有单位: 订多少说不清", domain.WeightUnit: "按重量卖, 单位却是{unit}: 称重的一律按kg计",
		domain.PieceUnit: "按件卖, 单位却是{unit}: 要么按重量卖, 要么改单位", domain.NoStep: "按件卖而没有步长: 半件也能订",
		domain.StepFraction: "步长{step}不是整件", domain.StepCase: "步长{step}与箱规{case}互不整除: 凑不成整箱",
		domain.CaseFraction: "箱规{case}不是整件", domain.LeastStep: "起订量{least}不是步长{step}的倍数: 正好起订订不了",
		domain.VerifyLow: "核量线{above}低于步长或起订量: 每单都要核", domain.NoTolerance: "按重量卖而没有允差: 差一克也算短重",
		domain.WideTolerance: "允差{share}, {weight}: 比例不得过{limit}, 重量须小于一个步长", domain.NoPrice: "可下单而没有价格: 金额查不出异常",
		domain.Oversold: "库存{stock}, 已接受的订单要{taken}", domain.Twice: "与{other}同名同单位: 门店会订错", domain.NoName: "没有名称, 电话里说不清",
		domain.NoSupplier: "没有供应商: 退货找不到谁", domain.NoCategory: "没有品类: 时限和允许量没有着落", domain.NoNameEn: "没有英文名",
		domain.NoUnitEn: "没有英文单位", domain.StrayTolerance: "按件卖, 允差{share}用不上",
	}
	w.Mend = map[string]string{"edit": "在此改", "correct": "enter 到更正", "platform": "价格由平台改, 不归本处"}
}

func goodsPartsChinese(w *GoodsWords) {
	w.Stake = func(orders int, money string, cases int) string {
		return fmt.Sprintf("近28天%d单 %s, 未结%d", orders, money, cases)
	}
	w.Faulty = func(missing, wrong int) string { return fmt.Sprintf("缺%d, 不合%d", missing, wrong) }
	w.Complete = "资料齐"
	w.Then = func(left string) string { return "写入后: " + left }
	w.Waits = func(fields string) string { return "待平台确认: " + fields }
	w.WaitsOne = "待平台确认"
	w.Clashes = func(theirs string) string { return "!平台目录为" + theirs + ", enter 定取舍" }
	w.History, w.NoHistory = "改动记录", "还没有改过。"
	w.MoreLines = func(n int) string { return fmt.Sprintf("另%d行", n) }
	w.VerifyLine = func(line int, product, ordered, usual, free, above string) string {
		return fmt.Sprintf("第%d行 %s 订%s  平常%s  可用%s  核量线%s", line, product, ordered, usual, free, above)
	}
	w.AboveLimit, w.AboveStock = "过核量线", "库存不够"
	w.Asked = func(note string) string { return "转来时说: " + note }
	w.ClashShort = func(theirs string) string { return "!平台: " + theirs }
	w.With = func(holder string) string { return "经办 " + holder }
	w.Ours, w.Theirs = "本处", "平台目录"
	w.ClashSince = func(when string) string {
		return when + "的导入带来另一个值, 没有写入: 本处的仍然有效"
	}
	w.ClashBy = func(change, by, when string) string { return "本处: " + change + " " + by + " " + when }
	w.ClashStep = "取平台的值即作一次更正: 未结的重新判过; 保留本处的则再次告知平台"
	w.ClashWords = "取平台的值写入资料; 保留本处的则再次告知平台"
}

func goodsActsChinese(w *GoodsWords) {
	w.Edit, w.Correct, w.Settle, w.Verify, w.OpenCase, w.OpenProduct = "改", "更正", "定取舍", "核实", "打开", "资料"
	w.Parts2, w.WriteWord, w.NextWord, w.NextFault = "换表", "写入", "改完", "下一处"
	w.PriceNo = "价格不归本处: 由平台改, 导入带来"
	w.NothingNew = "还没有改动: enter 改所指一栏"
	w.Unwritten = "有改动没写入: ctrl+s 写入, 再按 esc 放弃"
	w.ReadyEdit = "可写入: ctrl+s"
	w.ReadOnly = "只看: 改资料要采购"
	w.CannotTake = "步长不能取消: 只能保留本处的, 或另行更正"
	w.Understood, w.ChooseSupplier, w.NoSupplier = "= ", "编号或名称, 上下键换", "没有这个供应商"
	w.UnitsStay = "数量和价格不换算, 只改叫法"
	w.VerifyHead = func(names string) string { return "核实" + names + "的数量" }
	w.SettleHead = func(names string) string { return names + ": 与平台目录不同, 取哪个" }
	w.VerifyAsk, w.VerifyNote, w.SettleAsk, w.SettleNote, w.WhyAsk, w.NoteAsk = "数量", "说明(可空)", "取", "说明(可空)", "原因", "说明"
	w.VerifyYes, w.VerifyNo, w.KeepOurs, w.TakeTheirs = "属实, 有货", "不对", "保留本处", "按平台目录"
	w.Several, w.Open = "条", "打开"
	w.EditHead = func(p string) string { return "改" + p + "的资料" }
	w.EditSum = func(what, note string) string { return what + "。 " + note }
	w.VerifySum = func(what, note string) string { return what + ", 交还客服。 " + note }
	w.SettleSum = func(what, note string) string { return what + "。 " + note }
	w.Settled = func(theirs bool) string {
		if theirs {
			return "写入这里; 步长和上架照更正办理"
		}
		return "本处不变, 再次告知平台"
	}
	w.DidEdit = func(p string) string { return p + "的资料已改, 已告知平台。" }
	w.DidVerify = func(what string) string { return what + "已核实, 交还客服。" }
	w.DidSettle = func(what string) string { return what + "的冲突已定。" }
	w.Some = func(done, failed int, why string) string {
		return fmt.Sprintf("成%d, 未成%d: %s", done, failed, why)
	}
}
